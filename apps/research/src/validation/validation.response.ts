import { JUDGED_POLICIES, POLICIES, type JudgedPolicy, type PolicyName, type Problem } from '@assay/contracts';
import type { PolicyDocument, PolicyLayout, PolicyState } from '@assay/domain';
import { HoldoutDto } from '../records/holdouts/holdout.response';
import type { DataPin } from '../records/market/data-pin';
import { VALIDATION_KINDS } from '../records/validations/validation.entity';
import type { ValidationRequest } from '../records/validations/validation-request';
import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';

export class GateVerdictDto {
  @StringField({ example: 'benchmark_p' }) gate: string;
  @BooleanField({ nullable: true, description: 'null: evidence is missing or does not apply; `why` says which' })
  passed: boolean | null;
  @NumberField({ nullable: true }) value: number | null;
  @NumberField({ nullable: true }) threshold: number | null;
  @StringField({ description: 'what was seen and what is needed, or a code' }) why: string;
  @BooleanField({ optional: true, description: 'shown, never decides' }) informational?: boolean;
  @StringField({ description: 'name of the gate in words' }) title: string;
  @StringField({ description: 'what it asks' }) asks: string;
  @StringField({ description: 'what it means not to pass' }) means: string;
  @StringField({ description: 'what was seen, what would pass and what to do next, as a sentence' }) words: string;
}

export class PolicyVerdictDto {
  @EnumField({ values: POLICIES }) policy: PolicyName;
  @StringField() version: string;
  @BooleanField({ nullable: true }) passed: boolean | null;
  @StringField({ description: 'name of the policy in words' }) title: string;
  @BooleanField({ description: 'what passes it is good for paper only' }) paper_only: boolean;
  @BooleanField({ description: 'false: a version that judges no more' }) in_force: boolean;
  @StringField({ description: 'the verdict in a sentence or two; bars that are made up are named' }) words: string;
  @ArrayField(() => GateVerdictDto) gates: GateVerdictDto[];
}

export class PublishedGateDto {
  @StringField({ example: 'benchmark_p' }) gate: string;
  @StringField({ description: 'name of the gate in words' }) title: string;
  @StringField({ description: 'what it asks' }) asks: string;
  @NumberField() threshold: number;
  @NumberField({ nullable: true, description: 'threshold of ledgers above `bounds.large_ledger.above` trials' })
  large_ledger_threshold: number | null;
  @BooleanField({ description: 'shown, never decides' }) informational: boolean;
  @StringField({ description: 'what it means not to pass' }) means: string;
  @StringField({ description: 'what to do when it is not passed' }) next: string;
}

export class InsteadDto {
  @EnumField({ values: JUDGED_POLICIES }) policy: JudgedPolicy;
  @StringField() version: string;
  @StringField({ description: 'why it judges instead' }) why: string;
}

export class PublishedPolicyDto {
  @EnumField({ values: POLICIES }) policy: PolicyName;
  @StringField() version: string;
  @EnumField({
    values: ['in_force', 'replaced', 'retired'],
    description: 'replaced: a newer version judges; retired: the policy judges no more',
  })
  state: PolicyState;
  @StringField() title: string;
  @StringField({ description: 'what it asks' }) asks: string;
  @BooleanField({ description: 'what passes it is good for paper only' }) paper_only: boolean;
  @ArrayField(() => PublishedGateDto) gates: PublishedGateDto[];
  @JsonField({ nullable: true, description: 'how evidence is laid out; null for a version that judges no more' })
  layout: PolicyLayout | null;
  @JsonField({ nullable: true, description: 'further bounds of single gates, draws and seed of the benchmark test' })
  bounds: PolicyDocument['bounds'] | null;
  @ObjectField(() => InsteadDto, { nullable: true, description: 'null for a version in force' })
  instead: InsteadDto | null;
}

export class PublishedPoliciesDto {
  @ArrayField(() => PublishedPolicyDto) items: PublishedPolicyDto[];
}

export class ValidationRunDto {
  @UuidField() id: string;
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @EnumField({ values: VALIDATION_KINDS }) kind: string;
  @StringField({ description: 'queued, running, completed, failed or canceled' }) status: string;
  @BooleanField({ description: "true where the layout is the policies' own, so that it is evidence" })
  policy_layout: boolean;
  @UuidField({ nullable: true }) job_id: string | null;
  @JsonField({ description: 'layout that was asked for' }) request: ValidationRequest;
  @JsonField({
    nullable: true,
    description:
      'layout, scored_from, periods_per_year, folds, or splits and paths with their courses {times, equity}: the value of 1 at some 250 scored bars, a list a path, and distributions, of each metric over the paths {defined, least, q25, median, q75, greatest, reason} (null of runs from before they were kept); summary; an undefined figure has its reason under reasons',
  })
  result: Record<string, unknown> | null;
  @JsonField({ nullable: true }) data: DataPin | null;
  @JsonField({ nullable: true }) error: Problem | null;
  @DateTimeField() created_at: string;
  @DateTimeField({ nullable: true }) finished_at: string | null;
}

export class LedgerNowDto {
  @IntegerField({ description: 'distinct configurations of the lineage' }) trials: number;
  @IntegerField({ description: 'trials made elsewhere, as declared for the lineage: the gates count them besides' })
  declared_outside: number;
  @IntegerField({ description: 'all lineages of the owner on the same symbol and timeframe' })
  owner_trials_on_this_data: number;
}

export class LedgerAsJudgedDto extends LedgerNowDto {
  @ArrayField('number', {
    nullable: true,
    description: 'range of the effective number of trials; null where the deflated Sharpe ratio was not reckoned',
  })
  effective_range: readonly number[] | null;
  @DateTimeField({ description: 'when the gates were judged' }) at: string;
}

/** The trial ledger at two times: what the gates counted, and what they would count if they were judged now. */
export class LedgerDto {
  @ObjectField(() => LedgerAsJudgedDto, { nullable: true, description: 'what `gates` rest on; null before the first' })
  as_judged: LedgerAsJudgedDto | null;
  @ObjectField(() => LedgerNowDto, { description: 'at this moment: trials made since the judgement included' })
  now: LedgerNowDto;
}

export class StrategyValidationDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @StringField() status: string;
  @ObjectField(() => ValidationRunDto, { nullable: true, description: 'newest' }) walk_forward: ValidationRunDto | null;
  @ObjectField(() => ValidationRunDto, {
    nullable: true,
    description:
      'newest that chose parameters anew in each fold: information, no evidence for the gates, but for the trials that it adds to the ledger. Its result: folds with ' +
      'their choice, figures, market and regime; stitched {metrics, reasons, course of strategy and buy_and_hold}; stability; best, the newest choice; ' +
      'walk_forward as backtest results keep it; summary; trials',
  })
  walk_forward_search: ValidationRunDto | null;
  @ObjectField(() => ValidationRunDto, { nullable: true, description: 'newest' }) cpcv: ValidationRunDto | null;
  @JsonField({ description: 'policy -> PolicyVerdict, as of the newest completed validation' }) gates: Partial<
    Record<PolicyName, PolicyVerdictDto>
  >;
  @ArrayField('string') validated_under: PolicyName[];
  @DateTimeField({ nullable: true }) gates_at: string | null;
  @ObjectField(() => LedgerDto) ledger: LedgerDto;
  @ObjectField(() => HoldoutDto, { nullable: true, description: 'newest locked final period of the lineage' })
  holdout: HoldoutDto | null;
  @JsonField({
    nullable: true,
    description:
      'data quality, seeds, re-selection, the deflated Sharpe at the owner count, and all figures of the benchmark test; pbo has with its trials the logits of its splits in fixed bins {edges, counts, splits}: counts of those up to the first edge, above each edge up to the next, and above the last',
  })
  information: Record<string, unknown> | null;
}
