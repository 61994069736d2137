import { IntegerField, ReasonField, StringField } from '@assay/platform';

export class LockHoldoutDto {
  @StringField({
    description: 'date or ISO-8601 time: bars that end after it are locked; later than any bar that was scored',
    example: '2024-01-01',
  })
  from: string;
  @ReasonField({ optional: true, description: 'why these bars are kept aside' }) reason?: string;
}

export class LookHoldoutDto {
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
}
