export {
  startBybitSimulator,
  type BybitFault,
  type BybitSeries,
  type BybitSimulator,
  type BybitSimulatorOptions,
} from './bybit-simulator';
export type { BybitCategory, BybitInstrument } from './bybit-instruments';
export type { BybitCandle } from './bybit-klines';
