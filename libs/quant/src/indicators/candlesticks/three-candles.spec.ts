import { afterUsualBars, type CandleBar } from '../../../../testing/src/quant/candle-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import {
  eveningStar,
  morningStar,
  threeBlackCrows,
  threeInside,
  threeOutside,
  threeWhiteSoldiers,
} from './three-candles';

// the signs of all cases are those of the values of TA-Lib 0.6 for these bars
const longWhite: CandleBar = [10, 13.5, 9.5, 13];
const longBlack: CandleBar = [13, 13.5, 9.5, 10];

indicatorContract(morningStar, {
  'comes back from a short body below a long black one': afterUsualBars('morning_star', 12, [
    [longBlack, 0],
    [[9, 9.5, 8, 9.2], 0],
    [[9.5, 12, 9.4, 11.5], 1],
    [longBlack, 0],
    [[9, 10.3, 8, 10.2], 0],
    [[9.5, 12, 9.4, 11.5], 0],
  ]),
  'as far as is asked for': afterUsualBars(
    'morning_star',
    12,
    [
      [longBlack, 0],
      [[9, 9.5, 8, 9.2], 0],
      [[9.5, 12, 9.4, 11.5], 0],
    ],
    { penetration: 0.6 },
  ),
});

indicatorContract(eveningStar, {
  'comes back from a short body above a long white one': afterUsualBars('evening_star', 12, [
    [longWhite, 0],
    [[14, 14.5, 13.8, 14.2], 0],
    [[13.5, 13.6, 11, 11.5], -1],
    [longWhite, 0],
    [[12.9, 14.5, 12.8, 13.3], 0],
    [[13.5, 13.6, 11, 11.5], 0],
  ]),
  'as far as is asked for': afterUsualBars(
    'evening_star',
    12,
    [
      [longWhite, 0],
      [[14, 14.5, 13.8, 14.2], 0],
      [[13.5, 13.6, 11, 11.5], 0],
    ],
    { penetration: 0.6 },
  ),
});

indicatorContract(threeWhiteSoldiers, {
  advance: afterUsualBars('three_white_soldiers', 12, [
    [[10, 12.1, 9.8, 12], 0],
    [[11, 13.6, 10.8, 13.5], 0],
    [[12.5, 15.1, 12.3, 15], 1],
    [[14, 17.5, 13.8, 16.5], 0],
  ]),
});

indicatorContract(threeBlackCrows, {
  decline: afterUsualBars('three_black_crows', 13, [
    [[12, 12.2, 9.9, 10], 0],
    [[11.5, 11.6, 8.9, 9], 0],
    [[10.5, 10.6, 7.4, 7.5], -1],
    [[8.5, 8.6, 5.4, 5.5], 0],
  ]),
});

indicatorContract(threeInside, {
  'closes out of the long body': afterUsualBars('three_inside', 12, [
    [longBlack, 0],
    [[11, 12, 10.5, 11.5], 0],
    [[11.5, 14, 11, 13.5], 1],
    [longWhite, 0],
    [[12, 12.5, 11, 11.5], 0],
    [[11.5, 12, 9, 9.5], -1],
    [longWhite, 0],
    [[12, 12.5, 11, 11.5], 0],
    [[11.5, 12, 9, 10.5], 0],
  ]),
});

indicatorContract(threeOutside, {
  'goes on the way of the engulfing body': afterUsualBars('three_outside', 3, [
    [[11.5, 12, 9, 9.5], 0],
    [[9.4, 9.6, 8, 8.5], -1],
    [[8.4, 10, 8, 9.8], 0],
    [[9.8, 11, 9, 10.5], 1],
    [[10.6, 11, 8, 9], 0],
    [[9, 9.5, 8.9, 9.4], 0],
  ]),
});
