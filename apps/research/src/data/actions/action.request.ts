import { ACTION_KINDS, type ActionKind } from '@assay/market-data';
import { ArrayField, DateField, DateTimeField, EnumField, NumberField, StringField } from '@assay/platform';
import { PageQuery } from '../../listing/page.request';
import { SERIES_NAME } from '../series-name';

export class ActionDto {
  @DateField({ description: 'first date of the market on which the price is without it', example: '2020-08-31' })
  ex_date: string;
  @EnumField({ values: ACTION_KINDS }) kind: ActionKind;
  @NumberField({
    exclusiveMin: 0,
    description:
      'split: new shares for an old one (4 is four for one, 0.1 one for ten); dividend: amount per share, as shares are on the ex-date, in the currency of the prices',
    example: 4,
  })
  value: number;
  @DateTimeField({ optional: true, nullable: true, description: 'when it became known' }) available_at?: string | null;
}

export class ActionsDto {
  @StringField({ ...SERIES_NAME, description: 'of the bars', example: 'csv' }) source: string;
  @StringField({ ...SERIES_NAME, example: 'AAPL' }) symbol: string;
  @ArrayField(() => ActionDto, { optional: true, min: 1, max: 10_000 }) actions?: ActionDto[];
  @StringField({
    optional: true,
    min: 1,
    max: 1_000_000,
    description: 'in place of actions: a file of them as text, CSV with the header date,kind,value, or a JSON array',
    example: 'date,kind,value\n2020-08-31,split,4\n2020-11-06,dividend,0.205\n',
  })
  content?: string;
}

/** Query of a request whose body is the file itself, and fields of a form with it. */
export class ActionsFileQuery {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ ...SERIES_NAME, optional: true }) symbol?: string;
}

export class ActionPageQuery extends PageQuery {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ ...SERIES_NAME, optional: true }) symbol?: string;
}
