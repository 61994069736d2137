import { JUDGED_POLICIES, POLICIES, type PolicyName } from '@assay/contracts';
import { EnumField, IntegerField, StringField } from '@assay/platform';

export class PromoteDto {
  @EnumField({ values: JUDGED_POLICIES, past: POLICIES, optional: true, default: 'default' }) policy?: PolicyName;
  @IntegerField({ optional: true, min: 1, description: 'the version that was read; optional here' }) version?: number;
}

export class DemoteDto {
  @StringField({ min: 1, max: 1000 }) reason: string;
  @IntegerField({ optional: true, min: 1 }) version?: number;
}
