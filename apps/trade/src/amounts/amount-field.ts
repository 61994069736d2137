import { StringField } from '@assay/platform';

interface AmountOptions {
  nullable?: boolean;
  optional?: boolean;
  description?: string;
  example?: string;
}

/** Money, price or quantity of an answer: always a decimal string, never a float. */
export const AmountField = (options: AmountOptions = {}): PropertyDecorator =>
  StringField({ ...options, max: 100, pattern: /^-?\d+(\.\d+)?$/ });
