import { JUDGED_POLICIES, POLICIES, type PolicyName } from '@assay/contracts';
import { EnumField, IntegerField, ReasonField } from '@assay/platform';

export class PromoteDto {
  @EnumField({ values: JUDGED_POLICIES, past: POLICIES, optional: true, default: 'default' }) policy?: PolicyName;
  @IntegerField({ optional: true, min: 1, description: 'the version that was read; optional here' }) version?: number;
}

export class DemoteDto {
  @ReasonField({ max: 1_000 }) reason: string;
  @IntegerField({ optional: true, min: 1 }) version?: number;
}
