/** Longest indicator window of a Strategy JSON, in bars. */
export const LONGEST_WINDOW = 10_000;
export const MOST_SUBSTRATEGIES = 16;
export const MOST_FEATURES = 64;
/** Extra bar columns a document may name; `any` where its bars are another's, who has checked it. */
export type ExtraColumns = readonly string[] | 'any';
