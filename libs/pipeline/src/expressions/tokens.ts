import { refusal } from './refusal';

export interface Token {
  /** `sign` is an operator, a bracket or a comma; `word` is `and`, `or` or `not`; `end` stands after the last. */
  kind: 'number' | 'name' | 'sign' | 'word' | 'end';
  text: string;
  /** Place of its first character, from 0. */
  at: number;
}

const WORDS = ['and', 'or', 'not'];
const PIECE =
  /\s+|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_.]*)|`(?<quoted>[^`]+)`|(?<sign><=|>=|==|!=|[-+*/<>(),=])/y;

/** The tokens of an expression, `end` last. A name that is no identifier stands between backticks. @throws InvalidInputError */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    PIECE.lastIndex = at;
    const found = PIECE.exec(text);
    if (!found) throw refusal('syntax', at, 'have a number, a name or an operator', text.slice(at, at + 12));
    const { number, name, quoted, sign } = found.groups!;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: WORDS.includes(name) ? 'word' : 'name', text: name, at });
    else if (quoted !== undefined) tokens.push({ kind: 'name', text: quoted, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
    at = PIECE.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'the end', at: text.length }];
}
