/** Text that may stand in an HTML page as it is: only `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = string | number | null | undefined | Markup | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const asText = (content: Content): string => {
  if (content === null || content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(asText).join('');
  return String(content).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
};

/** HTML or SVG of a template; what is put into it is text, however it looks, unless `html` made it too. */
export const html = (parts: TemplateStringsArray, ...contents: Content[]): Markup =>
  new Markup(parts.map((part, i) => part + asText(contents[i])).join(''));
