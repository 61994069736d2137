import { ArrayField, EnumField, IntegerField, StringField } from '@assay/platform';
import { TaggedPageQuery } from '../listing/tag.request';
import { SUBJECT_KINDS, type SubjectKind } from '../records/annotations/subjects';

const MOST_TAGS = 20;

export class AnnotateDto {
  @IntegerField({
    optional: true,
    min: 1,
    description: 'the version that was read, unless If-Match says it; none for a first note',
  })
  version?: number;
  @StringField({ optional: true, nullable: true, max: 10_000, example: 'holds up out of sample; try wider stops' })
  note?: string | null;
  @ArrayField('string', {
    optional: true,
    max: MOST_TAGS,
    example: ['keep', 'momentum'],
    description: `lower-case letters, digits and . _ : / -, at most 50 each; kept sorted, each once`,
  })
  tags?: string[];
}

export class AnnotationListQuery extends TaggedPageQuery {
  @EnumField({ values: SUBJECT_KINDS, optional: true, description: 'only of this kind of subject' }) kind?: SubjectKind;
}
