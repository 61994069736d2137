import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  ObjectField,
  StringField,
} from '@assay/platform';
import { AccountDto } from '../accounts/account.response';
import { AmountField } from '../amounts/amount-field';
import { DeploymentDto } from '../deployments/deployment.response';
import { RUN_STATES } from '../records/runs/run.entity';

export class LastRunDto {
  @DateTimeField() bar_close_time: string;
  @EnumField({ values: RUN_STATES }) state: string;
  @StringField({ nullable: true }) outcome: string | null;
  @StringField({ nullable: true }) reason: string | null;
  @DateTimeField({ nullable: true }) finished_at: string | null;
}

export class MarkDto {
  @AmountField() price: string;
  @DateTimeField() at: string;
}

/** A deployment with what it is watched by. */
export class WatchedDeploymentDto extends DeploymentDto {
  @StringField({ nullable: true, description: 'Null where trade no longer has that revision.' })
  strategy_name: string | null;
  @StringField({ description: 'Of the account: what amounts are in.' }) currency: string;
  @ObjectField(() => LastRunDto, { nullable: true }) last_run: LastRunDto | null;
  @ObjectField(() => MarkDto, {
    nullable: true,
    description: 'Price of the newest decision, or of the fill it led to.',
  })
  mark: MarkDto | null;
  @AmountField({ nullable: true, description: 'What is held at the mark; null where there is none.' })
  market_value: string | null;
  @AmountField({
    nullable: true,
    description: 'Realised and open, after fees; null while something is held without a mark.',
  })
  profit_total: string | null;
  @AmountField({
    nullable: true,
    description: "Since the market's date began, after fees; null for a replay, and where a price is not known.",
  })
  profit_today: string | null;
  @IntegerField({ min: 0, description: 'Intents that wait, are sent, work or are of unknown fate.' })
  open_orders: number;
}

export class WatchedAccountDto extends AccountDto {
  @AmountField({
    nullable: true,
    description: 'At the first run of the date with a limit on the account; null without one.',
  })
  start_equity: string | null;
  @AmountField({ nullable: true }) peak_equity: string | null;
}

export class ProfitSumDto {
  @StringField() currency: string;
  @AmountField({ nullable: true, description: 'Null where that of one deployment is not known.' }) today: string | null;
  @AmountField({ nullable: true }) total: string | null;
}

export class OverviewDto {
  @DateTimeField() at: string;
  @ArrayField(() => WatchedDeploymentDto, { description: 'Own ones that are not stopped, oldest first; at most 1000.' })
  deployments: WatchedDeploymentDto[];
  @BooleanField({ description: 'There are more deployments than these: page through GET /deployments.' })
  has_more: boolean;
  @ArrayField(() => WatchedAccountDto, { description: 'Those of the deployments, and every other trading account.' })
  accounts: WatchedAccountDto[];
  @ArrayField(() => ProfitSumDto, { description: 'Of deployments that trade in our time; replays are not summed.' })
  profit: ProfitSumDto[];
}

export class ProfitPointDto {
  @DateTimeField() at: string;
  @AmountField({ nullable: true, description: 'Price of the decision, or of the fill it led to.' }) price:
    string | null;
  @AmountField({ description: 'Signed quantity held.' }) qty: string;
  @AmountField({ nullable: true, description: 'Since the deployment began, after fees; null without a price.' })
  profit: string | null;
}

export class ProfitPageDto {
  @AmountField({ nullable: true, description: 'Money that the weights refer to; null where qty sizes it.' })
  capital: string | null;
  @StringField() currency: string;
  @ArrayField(() => ProfitPointDto, { description: 'One per decision, oldest first.' }) items: ProfitPointDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}
