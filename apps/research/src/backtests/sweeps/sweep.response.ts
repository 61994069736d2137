import { ArrayField, EnumField, JsonField, ObjectField, StringField } from '@assay/platform';
import { RANKED_BY, type RankedBy, type ParamValue } from '@assay/contracts';

export const MOST_GRID_CELLS = 1_000_000;

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
