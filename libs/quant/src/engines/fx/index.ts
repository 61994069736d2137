export { convertActs, convertInput, convertMarket, type FxRates } from './convert-input';
export { fxSplit, type FxSplit } from './fx-split';
