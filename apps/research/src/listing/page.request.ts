import { IntegerField, UuidField } from '@assay/platform';

export const DEFAULT_LIMIT = 100;

/** Lists answer `{items, next_cursor}`: ask again with the cursor until it is null. */
export class PageQuery {
  @IntegerField({ optional: true, min: 1, max: 1000, default: DEFAULT_LIMIT, description: 'most items to answer' })
  limit?: number;
  @UuidField({ optional: true, description: '`next_cursor` of the page before' }) cursor?: string;
}

/** Pages of what is numbered. */
export class RevisionPageQuery {
  @IntegerField({ optional: true, min: 1, max: 1000, default: DEFAULT_LIMIT, description: 'most items to answer' })
  limit?: number;
  @IntegerField({ optional: true, min: 1, description: '`next_cursor` of the page before' }) cursor?: number;
}
