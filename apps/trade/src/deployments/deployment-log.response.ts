import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  MapField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { ApiProperty } from '@nestjs/swagger';
import { AmountField } from '../amounts/amount-field';
import { RUN_STATES } from '../records/runs/run.entity';

const SIDES = ['BUY', 'SELL'] as const;
const STATES = [
  'PENDING_NEW',
  'ACCEPTED',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'UNKNOWN',
] as const;
const seen = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true };

export class RiskCheckDto {
  @StringField({ example: 'max_position' }) check: string;
  @BooleanField() passed: boolean;
  @StringField({ nullable: true, description: 'Reason code of a failure.' }) code: string | null;
  @ApiProperty({ ...seen, type: undefined }) actual: string | number | boolean | null;
  @ApiProperty({ ...seen, type: undefined }) limit: string | number | boolean | null;
}

/** One decision: what was wanted, what the risk gate said, and what became of the order. */
export class TradeDto {
  @UuidField() log_id: string;
  @UuidField() deployment_id: string;
  @UuidField({ nullable: true }) run_id: string | null;
  @IntegerField({ min: 1 }) strategy_revision: number;
  @DateTimeField() timestamp: string;
  @NumberField({ nullable: true }) signal_value: number | null;
  @EnumField({ values: ['BUY', 'SELL', 'HOLD', 'REJECTED'] }) action: string;
  @AmountField() qty: string;
  @AmountField({ nullable: true }) price: string | null;
  @UuidField({ nullable: true }) order_id: string | null;
  @BooleanField() success: boolean;
  @StringField() reason_code: string;
  @StringField() message: string;
  @ArrayField(() => RiskCheckDto) checks: RiskCheckDto[];
}

export class SignalBitsDto {
  @MapField({ values: 'string' }) features: Record<string, string>;
  @StringField() prediction: string;
  @StringField() signal: string;
  @StringField() weight: string;
}

/** What the evaluator said about one bar; null where a number is not finite, the bits always. */
export class SignalDto {
  @DateTimeField() bar_time: string;
  @DateTimeField() evaluated_at: string;
  @MapField() features: Record<string, number | null>;
  @NumberField({ nullable: true }) prediction: number | null;
  @NumberField({ nullable: true }) signal: number | null;
  @NumberField({ nullable: true }) weight: number | null;
  @EnumField({ values: ['target', 'keep', 'no_signal'] }) decision: string;
  @StringField({ nullable: true }) reason: string | null;
  @ObjectField(() => SignalBitsDto, { description: 'IEEE-754 bit patterns as 16 hexadecimal digits.' })
  bits: SignalBitsDto;
}

export class OrderDto {
  @UuidField() order_id: string;
  @UuidField() intent_id: string;
  @StringField() client_order_id: string;
  @StringField({ nullable: true }) venue_order_id: string | null;
  @StringField() symbol: string;
  @EnumField({ values: SIDES }) side: string;
  @EnumField({ values: ['MARKET', 'LIMIT'] }) order_type: string;
  @AmountField({ nullable: true, description: 'Of a LIMIT order.' }) limit_price: string | null;
  @AmountField() qty: string;
  @BooleanField() reduce_only: boolean;
  @EnumField({ values: STATES }) state: string;
  @AmountField() filled_qty: string;
  @AmountField({ nullable: true }) average_price: string | null;
  @StringField({ nullable: true }) reject_code: string | null;
  @StringField({ nullable: true }) message: string | null;
  @DateTimeField() sent_at: string;
  @DateTimeField() updated_at: string;
}

export class FillDto {
  @UuidField() fill_id: string;
  @UuidField() order_id: string;
  @StringField() venue_fill_id: string;
  @EnumField({ values: SIDES }) side: string;
  @AmountField() qty: string;
  @AmountField() price: string;
  @AmountField() fee: string;
  @DateTimeField() filled_at: string;
}

/** The evaluation of one bar close. */
export class RunDto {
  @UuidField() run_id: string;
  @DateTimeField() bar_close_time: string;
  @EnumField({ values: ['bar', 'manual'] }) trigger: string;
  @EnumField({
    values: RUN_STATES,
    description: 'caught_up: evaluated after a newer bar had closed, without an order; missed: never evaluated.',
  })
  state: string;
  @StringField({
    nullable: true,
    description:
      'intended: orders were made; held: nothing to do; refused: a risk check refused, and the reason is its code.',
  })
  outcome: string | null;
  @StringField({
    nullable: true,
    description: 'Why it waits, why nothing was decided on its bar, or the code of the risk check that refused.',
  })
  reason: string | null;
  @DateTimeField() started_at: string;
  @DateTimeField({ nullable: true }) finished_at: string | null;
}

export class RunPageDto {
  @ArrayField(() => RunDto) items: RunDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

export class TradePageDto {
  @ArrayField(() => TradeDto) items: TradeDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

export class SignalPageDto {
  @ArrayField(() => SignalDto) items: SignalDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

export class OrderPageDto {
  @ArrayField(() => OrderDto) items: OrderDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

export class FillPageDto {
  @ArrayField(() => FillDto) items: FillDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}
