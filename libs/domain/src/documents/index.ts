export { rawFields, rawItems } from './raw-fields';
export { repeated } from './repeated';
export { withVerdicts } from './with-verdicts';
