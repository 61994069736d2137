import { taskOf } from '@assay/contracts';
import { LABEL_KINDS } from '../src/pages/features/models/label';

it('kinds of labels are offered to the models that can learn them', () => {
  expect(LABEL_KINDS.map(({ value }) => taskOf({ kind: value }))).toEqual(LABEL_KINDS.map(({ task }) => task));
});
