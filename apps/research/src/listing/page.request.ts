import { EnumField, IntegerField, StringField, UuidField } from '@assay/platform';
import { LIST_ORDERS, type ListOrder } from '../records/list-page';

export const DEFAULT_LIMIT = 100;

/** `?limit=` of a list. */
export const LimitField = (): PropertyDecorator =>
  IntegerField({ optional: true, min: 1, max: 1000, default: DEFAULT_LIMIT, description: 'most items to answer' });

/** `?cursor=` of a list. */
export const CursorField = (): PropertyDecorator =>
  UuidField({ optional: true, description: '`next_cursor` of the page before' });

/** Lists answer `{items, next_cursor}`: ask again with the cursor until it is null. */
export class PageQuery {
  @LimitField() limit?: number;
  @CursorField() cursor?: string;
}

/** Pages of what is made one after the other. */
export class OrderedPageQuery extends PageQuery {
  @EnumField({ values: LIST_ORDERS, optional: true, default: 'oldest', description: 'which end the first page shows' })
  order?: ListOrder;
}

/** `?q=` of a list. */
export const FindFilter = (of: string): PropertyDecorator =>
  StringField({
    optional: true,
    min: 1,
    max: 200,
    description: `only those with every one of these words in ${of}, in any order, in upper or lower case`,
  });

/** Pages of what has a name. */
export class NamedPageQuery extends OrderedPageQuery {
  @FindFilter('their name') q?: string;
}

/** Pages of what is numbered. */
export class RevisionPageQuery {
  @LimitField() limit?: number;
  @IntegerField({ optional: true, min: 1, description: '`next_cursor` of the page before' }) cursor?: number;
}
