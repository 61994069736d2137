import { requireThat } from '@assay/quant';
import { refusal } from './refusal';
import { tokensOf, type Token } from './tokens';

/** What an expression says, each part with the place of its first character (for an operator: of the operator). */
export type Syntax =
  | { kind: 'number'; value: number; at: number }
  | { kind: 'column'; name: string; at: number }
  | { kind: 'prefix'; operator: '-' | 'not'; of: Syntax; at: number }
  | { kind: 'infix'; operator: InfixOperator; left: Syntax; right: Syntax; at: number }
  | { kind: 'call'; name: string; args: Argument[]; at: number };

export interface Argument {
  /** Of an argument that is given by name, `window = 14`. */
  name: string | null;
  value: Syntax;
}

const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type InfixOperator = Comparison | '+' | '-' | '*' | '/' | 'and' | 'or';

/** Most characters, parts and levels of brackets, calls and prefixes. */
export const MOST_CHARACTERS = 2_000;
export const MOST_PARTS = 256;
export const MOST_LEVELS = 32;

/**
 * Reads an expression by recursive descent, from loose to tight: `or`, `and`, `not`, one comparison, `+ -`, `* /`, prefix `-`,
 * brackets and calls. Nothing of the text is ever run.
 * @throws InvalidInputError with the place, for what is no expression or beyond the limits.
 */
export function parseExpression(text: string): Syntax {
  requireThat(text.length <= MOST_CHARACTERS, 'expression', `at most ${MOST_CHARACTERS} characters long`, text.length);
  const parser = new Parser(tokensOf(text));
  return parser.whole();
}

class Parser {
  private next = 0;
  private parts = 0;
  private level = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Syntax {
    const whole = this.alternative();
    if (this.token.kind !== 'end') throw this.unexpected('have an operator or end');
    return whole;
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private takes(...texts: readonly string[]): Token | null {
    const { token } = this;
    if ((token.kind !== 'sign' && token.kind !== 'word') || !texts.includes(token.text)) return null;
    this.next += 1;
    return token;
  }

  private unexpected(must: string): Error {
    return refusal('syntax', this.token.at, must, this.token.text);
  }

  private made<T extends Syntax>(part: T): T {
    this.parts += 1;
    if (this.parts > MOST_PARTS) throw refusal('parts', part.at, `have at most ${MOST_PARTS} parts`, 'one more');
    return part;
  }

  private deeper<T>(at: number, inner: () => T): T {
    this.level += 1;
    if (this.level > MOST_LEVELS) throw refusal('levels', at, `have at most ${MOST_LEVELS} levels`, 'one more');
    const found = inner();
    this.level -= 1;
    return found;
  }

  private chain(operators: readonly InfixOperator[], operand: () => Syntax): Syntax {
    let left = operand();
    for (let sign = this.takes(...operators); sign; sign = this.takes(...operators)) {
      const operator = sign.text as InfixOperator;
      left = this.made({ kind: 'infix', operator, left, right: operand(), at: sign.at });
    }
    return left;
  }

  private readonly alternative = (): Syntax => this.chain(['or'], this.conjunction);
  private readonly conjunction = (): Syntax => this.chain(['and'], this.negation);

  private readonly negation = (): Syntax => {
    const sign = this.takes('not');
    if (!sign) return this.comparison();
    return this.deeper(sign.at, () => this.made({ kind: 'prefix', operator: 'not', of: this.negation(), at: sign.at }));
  };

  private comparison(): Syntax {
    const left = this.sum();
    const sign = this.takes(...COMPARISONS);
    if (!sign) return left;
    const operator = sign.text as Comparison;
    const compared = this.made({ kind: 'infix', operator, left, right: this.sum(), at: sign.at });
    const another = this.takes(...COMPARISONS);
    if (another) throw refusal('syntax', another.at, 'join comparisons by and', another.text);
    return compared;
  }

  private readonly sum = (): Syntax => this.chain(['+', '-'], this.product);
  private readonly product = (): Syntax => this.chain(['*', '/'], this.signed);

  private readonly signed = (): Syntax => {
    const sign = this.takes('-');
    if (!sign) return this.primary();
    return this.deeper(sign.at, () => this.made({ kind: 'prefix', operator: '-', of: this.signed(), at: sign.at }));
  };

  private primary(): Syntax {
    const { kind, text, at } = this.token;
    if (kind === 'number') {
      this.next += 1;
      const value = Number(text);
      if (!Number.isFinite(value)) throw refusal('number', at, 'have a number that is finite', text);
      return this.made({ kind: 'number', value, at });
    }
    if (kind === 'name') {
      this.next += 1;
      if (!this.takes('(')) return this.made({ kind: 'column', name: text, at });
      return this.made({ kind: 'call', name: text, args: this.deeper(at, () => this.args()), at });
    }
    if (!this.takes('(')) throw this.unexpected('have a number, a column, a function or a bracket');
    const inner = this.deeper(at, this.alternative);
    if (!this.takes(')')) throw this.unexpected('have )');
    return inner;
  }

  /** Arguments up to the closing bracket, which is taken. */
  private args(): Argument[] {
    const args: Argument[] = [];
    if (this.takes(')')) return args;
    do {
      const { kind, text } = this.token;
      const isNamed = kind === 'name' && this.tokens[this.next + 1]!.text === '=';
      if (isNamed) this.next += 2;
      args.push({ name: isNamed ? text : null, value: this.alternative() });
    } while (this.takes(','));
    if (!this.takes(')')) throw this.unexpected('have , or )');
    return args;
  }
}
