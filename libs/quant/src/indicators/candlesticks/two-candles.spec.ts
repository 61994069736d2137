import { afterUsualBars, type CandleBar } from '../../../../testing/src/quant/candle-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { darkCloudCover, engulfing, harami, haramiCross, piercingLine } from './two-candles';

// the signs of all cases are those of the values of TA-Lib 0.6 for these bars
const longWhite: CandleBar = [10, 13.5, 9.5, 13];
const longBlack: CandleBar = [13, 13.5, 9.5, 10];

indicatorContract(engulfing, {
  'covers a smaller body of the other colour': afterUsualBars('engulfing', 2, [
    [[11.5, 12, 9, 9.5], -1],
    [[9.4, 13, 9, 12], 1],
    // the same body turned round, then one that shares an end
    [[12, 13, 9, 9.4], 0],
    [[9.4, 13, 9, 12.5], 1],
    [[9.4, 14, 9, 13], 0],
  ]),
});

indicatorContract(harami, {
  'lies within a long body of either colour': afterUsualBars('harami', 11, [
    [longWhite, 0],
    [[12, 12.5, 11, 11.5], -1],
    [longBlack, 0],
    [[10, 12.5, 9.8, 11], 1],
    [[10, 12, 8, 11], 0],
  ]),
});

indicatorContract(haramiCross, {
  'is a doji within a long body': afterUsualBars('harami_cross', 11, [
    [longBlack, 0],
    [[11, 12, 10, 11], 1],
    [longWhite, 0],
    [[11, 12, 10, 12], 0],
  ]),
});

indicatorContract(piercingLine, {
  'goes from below the low to above the middle of a long black body': afterUsualBars('piercing_line', 11, [
    [longBlack, 0],
    [[9, 12.5, 8.9, 12], 1],
    [longBlack, 0],
    [[9, 12.5, 8.9, 11.4], 0],
    [longBlack, 0],
    [[9.6, 12.5, 8.9, 12.4], 0],
  ]),
});

indicatorContract(darkCloudCover, {
  'goes from above the high to below the middle of a long white body': afterUsualBars('dark_cloud_cover', 11, [
    [longWhite, 0],
    [[14, 14.2, 10.5, 11], -1],
    [longWhite, 0],
    [[14, 14.2, 10.5, 11.6], 0],
    [longWhite, 0],
    [[13.4, 14.2, 10.5, 11], 0],
  ]),
  'or by as much as is asked for': afterUsualBars(
    'dark_cloud_cover',
    11,
    [
      [longWhite, 0],
      [[14, 14.2, 10.5, 11], 0],
      [longWhite, 0],
      [[14, 14.2, 10.1, 10.5], -1],
    ],
    { penetration: 0.8 },
  ),
});
