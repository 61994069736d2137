import { EnumField } from '@assay/platform';
import { TABLE_FORMATS, type TableFormat } from '@assay/tables';

/** A list as a file, all of it. */
export class ExportQuery {
  @EnumField({ values: TABLE_FORMATS, optional: true, default: 'csv' }) format?: TableFormat;
}
