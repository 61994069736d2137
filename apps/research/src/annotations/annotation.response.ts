import { ArrayField, DateTimeField, EnumField, IntegerField, StringField, UuidField } from '@assay/platform';
import { SUBJECT_KINDS, type SubjectKind } from '../records/annotations/subjects';

export class AnnotationDto {
  @EnumField({ values: SUBJECT_KINDS }) kind: SubjectKind;
  @UuidField() subject_id: string;
  @StringField({ nullable: true }) note: string | null;
  @ArrayField('string', { description: 'sorted, each once' }) tags: string[];
  @IntegerField() version: number;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class AnnotationPageDto {
  @ArrayField(() => AnnotationDto) items: AnnotationDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}
