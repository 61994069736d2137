/** Extra bar columns a document may name; `any` where its bars are another's, who has checked it. */
export type ExtraColumns = readonly string[] | 'any';
