import { Tokenizer } from 'htmlparser2';

/** Elements whose content is no text. */
const HIDDEN = new Set(['script', 'style', 'head', 'template', 'noscript', 'iframe', 'svg', 'object']);
/** Elements inside of a line; any other parts words. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const ignore = (): undefined => undefined;

/**
 * The text of HTML in one line: no tags, no scripts, entities as their characters. Nothing of it is run or fetched. It is
 * cut into tags and texts only, not built to a tree, so that its time grows with its length however deep it is nested.
 */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return plainText(html);
  const parts: string[] = [];
  // the hidden element that is open, and how many of its name
  let hidden: string | null = null;
  let open = 0;
  let last = '';
  const put = (text: string): void => {
    if (hidden === null) parts.push(text);
  };
  const count = (name: string, step: 1 | -1): void => {
    if (!INLINE.has(name)) put(' ');
    if (hidden === null && step === 1 && HIDDEN.has(name)) hidden = name;
    if (name === hidden) open += step;
    if (open === 0) hidden = null;
  };
  const nameAt = (from: number, to: number): string => html.slice(from, to).toLowerCase();
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (from, to) => count((last = nameAt(from, to)), 1),
      onclosetag: (from, to) => count(nameAt(from, to), -1),
      // of the hidden ones HTML ends a drawing alone so
      onselfclosingtag: () => {
        if (last === 'svg') count(last, -1);
      },
      ontext: (from, to) => put(html.slice(from, to)),
      ontextentity: (codePoint) => put(String.fromCodePoint(codePoint)),
      ...{ onattribdata: ignore, onattribentity: ignore, onattribend: ignore, onattribname: ignore, oncdata: ignore },
      ...{ oncomment: ignore, ondeclaration: ignore, onend: ignore, onopentagend: ignore },
      ...{ onprocessinginstruction: ignore },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return plainText(parts.join(''));
}

/** White space and control characters as single blanks. */
export const plainText = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- U+0000 is left: it is refused, not changed
    .replace(/[\u0001-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\ufeff\s]+/g, ' ')
    .trim();
