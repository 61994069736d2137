export { dateTimeCheck } from './checks';
export type { Bounds, Check, Violation } from './checks';
export { DocumentBody } from './document-body';
export { DocumentField } from './document-field';
export type { FieldOptions } from './field';
export * from './fields';
export * from './validation.pipe';
