import { ArrayField, EnumField, IntegerField, JsonField, NumberField, ObjectField, StringField } from '@assay/platform';
import { RANKED_BY, SWEEP_OBJECTIVES, type ParamValue, type RankedBy, type SweepObjective } from '@assay/contracts';

export class MatrixAxisDto {
  @StringField() path: string;
  @ArrayField('scalar', { description: 'numbers ascending; texts and booleans in the order of the request' })
  values: ParamValue[];
}

export class SweepMatrixDto {
  @ObjectField(() => MatrixAxisDto) x: MatrixAxisDto;
  @ObjectField(() => MatrixAxisDto) y: MatrixAxisDto;
  @EnumField({ values: RANKED_BY }) metric: RankedBy;
  @EnumField({ values: ['max', 'min', 'mean'] }) reduce: 'max' | 'min' | 'mean';
  @JsonField({
    types: ['array'],
    description:
      'one array per value of y with one number per value of x; null where no cell was evaluated or none is defined',
  })
  values: (number | null)[][];
}

export class LeaderboardCellDto {
  @IntegerField() rank: number;
  @IntegerField({ description: 'row of the result' }) cell: number;
  @JsonField({ description: 'path -> value; of candidates the rule tree' }) params: Record<string, unknown>;
  @NumberField({ nullable: true }) total_return: number | null;
  @NumberField({ nullable: true }) sharpe: number | null;
  @NumberField({ nullable: true }) max_drawdown: number | null;
  @NumberField({ nullable: true, description: 'the Sharpe ratio judged with the neighbours' }) plateau: number | null;
  @NumberField({ nullable: true, description: 'what it is ranked by' }) value: number | null;
}

export class SweepLeaderboardDto {
  @EnumField({ values: RANKED_BY }) by: RankedBy;
  @EnumField({ values: SWEEP_OBJECTIVES, description: 'in sample of a backtest, or means over the splits of CPCV' })
  objective: SweepObjective;
  @IntegerField({ description: 'cells tried; each is a trial' }) cells: number;
  @IntegerField({ description: 'of them given up on the way' }) pruned: number;
  @IntegerField({ description: 'of them whole and without the figure' }) undefined_cells: number;
  @IntegerField({ description: 'of them that held nothing: never ranked, whatever the figure' }) idle_cells: number;
  @ArrayField(() => LeaderboardCellDto, { description: 'best first' }) items: LeaderboardCellDto[];
}
