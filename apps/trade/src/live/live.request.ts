import { StringField } from '@assay/platform';

export class ConfirmDto {
  @StringField({ min: 1, max: 200, description: 'The challenge of the deployment answer.' })
  challenge: string;

  @StringField({ min: 1, max: 1024, description: 'Your trade password, not the one of the broker.' })
  trade_password: string;
}

export class TradePasswordDto {
  @StringField({ min: 12, max: 1024, description: 'The new trade password.' })
  new_password: string;

  @StringField({ optional: true, max: 1024, description: 'Needed when one is set already.' })
  current_password?: string;
}
