import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { balanceOfPower } from './balance-of-power';

indicatorContract(balanceOfPower, {
  'is the body over the range, nothing without one': [
    {},
    { open: [2, 8, 5, 5], high: [10, 10, 6, 5], low: [2, 0, 4, 5], close: [8, 3, 5, 5] },
    { balance_of_power: [0.75, -0.5, 0, NaN] },
  ],
});
