export { logNode } from './column-node';
export { compileExpression, MOST_STATE } from './compile-expression';
export { SERIES_FUNCTIONS } from './functions';
export type { ExpressionNode } from './node';
export { ELEMENTWISE } from './operations';
export { MOST_CHARACTERS, MOST_LEVELS, MOST_PARTS } from './parse-expression';
