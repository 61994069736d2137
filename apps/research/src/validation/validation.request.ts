import { EnumField, IntegerField, NumberField, UuidField } from '@assay/platform';
import { MOST_SPLITS } from '@assay/quant';

export class WalkForwardDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @IntegerField({
    optional: true,
    min: 1,
    max: 50,
    default: 5,
    description: 'another layout than the default is no evidence for the gates',
  })
  folds?: number;
  @NumberField({
    optional: true,
    exclusiveMin: 0,
    max: 50,
    default: 2,
    description: 'train length as a multiple of the test length',
  })
  ratio?: number;
  @EnumField({ values: ['rolling', 'expanding'], optional: true, default: 'rolling' }) kind?: 'rolling' | 'expanding';
}

export class CpcvDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @IntegerField({
    optional: true,
    min: 2,
    default: 6,
    description: 'another layout than the default is no evidence for the gates',
  })
  groups?: number;
  @IntegerField({
    optional: true,
    min: 1,
    default: 2,
    description: `below groups; the choices of so many of them, which are the splits, must be at most ${MOST_SPLITS}`,
  })
  test_groups?: number;
}

export class RevisionQuery {
  @IntegerField({ optional: true, min: 1, description: 'default: the newest' }) revision?: number;
}
