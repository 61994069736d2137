import { LessThan, MoreThan, Raw, type FindOperator } from 'typeorm';

export const LIST_ORDERS = ['oldest', 'newest'] as const;
/** Which end of a list its first page shows. */
export type ListOrder = (typeof LIST_ORDERS)[number];

/** A page of a list, as its store is asked for it. */
export interface PageRead {
  limit: number;
  /** The id of the last row of the page before. */
  cursor?: string;
  /** Oldest first where nothing is stated. */
  order?: ListOrder;
}

export const directionOf = (order: ListOrder | undefined): 'ASC' | 'DESC' => (order === 'newest' ? 'DESC' : 'ASC');

/** Ids of rows that come after the cursor, where ids are made in the order of the rows. */
export const beyond = (cursor: string, order: ListOrder | undefined): FindOperator<string> =>
  order === 'newest' ? LessThan(cursor) : MoreThan(cursor);

/** Folds the case of every alphabet: a database without a locale of its own knows ASCII alone. */
const folded = (text: string): string => `lower(${text} COLLATE "und-x-icu")`;

/** Whether a text has the words of the parameter in it, in any case. */
export const contains = (column: string, parameter: string): string =>
  `strpos(${folded(column)}, ${folded(`:${parameter}::text`)}) > 0`;

/** A column that has the words in it, in any case. */
export const containing = (words: string): FindOperator<string> =>
  Raw((column) => contains(column, 'words'), { words });
