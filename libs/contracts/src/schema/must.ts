const SEPARATOR = '\n';

/** The error of a check whose rule and text zod does not know: `must('format', 'be a UUID')` becomes `id must be a UUID, was 5`. */
export const must = (rule: string, text: string): string => `${rule}${SEPARATOR}${text}`;

/** What `must` made; undefined for a text of zod's own. */
export function mustOf(message: string): { rule: string; text: string } | undefined {
  const at = message.indexOf(SEPARATOR);
  return at < 0 ? undefined : { rule: message.slice(0, at), text: message.slice(at + SEPARATOR.length) };
}
