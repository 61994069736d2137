export type * from './types';
export { runEventPortfolio } from './event-portfolio';
export { runVectorizedPortfolio } from './vectorized-portfolio';
export { runPortfolio } from './run-portfolio';
export { convertPanel, isFirstBar, priceParts, type PanelRates } from './fx';
export { checkPortfolioCosts } from './check-portfolio';
