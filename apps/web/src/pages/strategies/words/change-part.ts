import { readDocument } from './read-document';
import type { Substrategy } from './recipe';

/** The numbers of a part that can be changed beside each other. */
export type PartNumber = 'window' | 'signal';

/** The parts of a document that is a Strategy JSON of parts; none of any other, or of what cannot be read. */
export function partsOf(text: string): Substrategy[] {
  const read = readDocument(text);
  return read?.facts ? (read.document!.substrategies as Substrategy[]) : [];
}

/** The document with another number in one of its parts; everything else stays as it is. */
export function withPartNumber(text: string, part: number, key: PartNumber, value: number): string {
  const document = JSON.parse(text) as { substrategies: Record<string, unknown>[] };
  const substrategies = document.substrategies.map((one, index) => (index === part ? { ...one, [key]: value } : one));
  return JSON.stringify({ ...document, substrategies }, null, 2);
}

/** Whether two documents say the same, however they are written; false where one cannot be read. */
export function isSameDocument(a: string, b: string): boolean {
  const [one, other] = [readDocument(a)?.document, readDocument(b)?.document];
  return one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a document is still that of the strategy: with another id it would become a strategy of its own. */
export const isOfStrategy = (text: string, id: string): boolean => readDocument(text)?.document?.strategy_id === id;
