import { EnumField } from '@assay/platform';
import { TABLE_FORMATS } from '@assay/tables';

const FORMATS = ['json', ...TABLE_FORMATS] as const;

/** An answer as a table too. */
export class FormatQuery {
  @EnumField({ values: FORMATS, optional: true, description: 'default: as the header Accept prefers, json or csv' })
  format?: (typeof FORMATS)[number];
}
