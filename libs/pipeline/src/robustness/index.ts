export { monteCarlo, type MonteCarloInput } from './monte-carlo';
export { stressBacktest } from './stress';
export { worseCosts } from './worse-costs';
