import { Parser } from 'htmlparser2';

/** Elements whose content is no text. */
const HIDDEN = new Set(['script', 'style', 'head', 'template', 'noscript', 'iframe', 'svg', 'object']);
/** Elements inside of a line; any other parts words. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** The text of HTML in one line: no tags, no scripts, entities as their characters. Nothing of it is run or fetched. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return plainText(html);
  const parts: string[] = [];
  let hidden = 0;
  const part = (name: string): void => {
    if (!INLINE.has(name)) parts.push(' ');
  };
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (HIDDEN.has(name)) hidden += 1;
        part(name);
      },
      onclosetag: (name) => {
        if (HIDDEN.has(name)) hidden -= 1;
        part(name);
      },
      ontext: (text) => {
        if (hidden === 0) parts.push(text);
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  return plainText(parts.join(''));
}

/** White space and control characters as single blanks. */
export const plainText = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- U+0000 is left: it is refused, not changed
    .replace(/[\u0001-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\ufeff\s]+/g, ' ')
    .trim();
