import { IDLE_ACTIONS } from '@assay/contracts';
import { ACTION_KINDS, type ActionKind } from '@assay/market-data';
import {
  ArrayField,
  DateField,
  DateTimeField,
  EnumField,
  IntegerField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { QualitySummaryDto } from '../data.response';

export class CorporateActionDto {
  @UuidField() id: string;
  @StringField() source: string;
  @StringField() symbol: string;
  @DateField() ex_date: string;
  @EnumField({ values: ACTION_KINDS }) kind: ActionKind;
  @NumberField() value: number;
  @DateTimeField({ nullable: true }) available_at: string | null;
}

export class CorporateActionPageDto {
  @ArrayField(() => CorporateActionDto) items: CorporateActionDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class IdleActionDto {
  @EnumField({
    values: Object.keys(IDLE_ACTIONS),
    description: 'all bars are of after it; or none is yet, and the first that comes will change those before',
  })
  code: string;
  @DateField() ex_date: string;
  @EnumField({ values: ACTION_KINDS }) kind: ActionKind;
}

export class ActionSeriesDto {
  @UuidField() series_id: string;
  @StringField() timeframe: string;
  @IntegerField({ description: 'bars whose adjusted price changed' }) bars: number;
  @StringField() fingerprint: string;
  @ObjectField(() => QualitySummaryDto, { nullable: true, description: 'of the changed series' })
  quality: QualitySummaryDto | null;
  @ArrayField(() => IdleActionDto, { description: 'actions without an effect on its bars' })
  without_effect: IdleActionDto[];
}

export class ChangedActionsDto {
  @StringField() source: string;
  @StringField() symbol: string;
  @IntegerField() added: number;
  @IntegerField({ description: 'stored before with another value' }) changed: number;
  @IntegerField() removed: number;
  @IntegerField() unchanged: number;
  @ArrayField(() => ActionSeriesDto, { description: 'stored series of the symbol and source' })
  series: ActionSeriesDto[];
}
