/** The model of strategies whose rules read features alone: built in, with nothing to fit. */
export const NO_MODEL = 'rule.identity';
