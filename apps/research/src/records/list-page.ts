import { searchWordsOf } from '@assay/primitives';
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

/** Whether every word of the parameter, an array of texts, stands somewhere in the text, in any order and any case. */
export const hasEveryWord = (text: string, parameter: string): string =>
  `NOT EXISTS (SELECT FROM unnest(CAST(:${parameter} AS text[])) AS sought(word)
    WHERE strpos(${folded(text)}, ${folded('sought.word')}) = 0)`;

/** A column that has every one of the words in it. */
export const havingEveryWord = (words: string): FindOperator<string> =>
  Raw((column) => hasEveryWord(column, 'words'), { words: searchWordsOf(words) });
