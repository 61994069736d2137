import { ArrayField, StringField } from '@assay/platform';
import { OrderedPageQuery } from './page.request';

export const TAG = {
  max: 50,
  pattern: /^[a-z0-9][a-z0-9._:/-]*$/,
  form: 'be lower-case letters, digits and . _ : / - that begin with a letter or a digit',
};

/** `?tag=` of a list. */
export const TagFilter = (): PropertyDecorator =>
  StringField({ ...TAG, min: 1, optional: true, example: 'keep', description: 'only those that have this tag' });

/** Tags of what is answered. */
export const TagsField = (): PropertyDecorator =>
  ArrayField('string', { optional: true, description: 'tags of its annotation; in lists and in the answer for one' });

/** Pages of what can have tags. */
export class TaggedPageQuery extends OrderedPageQuery {
  @TagFilter() tag?: string;
}
