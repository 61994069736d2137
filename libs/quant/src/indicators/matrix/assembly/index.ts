export * from './extremes';
export * from './mean-formulas';
export * from './moment-formulas';
export * from './price-formulas';
export * from './recursions';
export * from './rolling';
