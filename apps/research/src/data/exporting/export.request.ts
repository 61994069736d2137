import { EnumField } from '@assay/platform';
import { TABLE_FORMATS, type TableFormat } from '@assay/tables';
import { BarRangeQuery } from '../data.request';

export class ExportBarsQuery extends BarRangeQuery {
  @EnumField({ values: TABLE_FORMATS, optional: true, default: 'csv' }) format?: TableFormat;
}
