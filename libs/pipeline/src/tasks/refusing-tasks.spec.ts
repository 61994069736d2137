import { requireThat } from '@assay/quant';
import { refusingTasks } from './refusing-tasks';

it('what the core says of its input is a refusal of the task, what fails otherwise is not', () => {
  const tasks = refusingTasks({
    refused: () => requireThat(false, 'rows', 'small', 'large'),
    broken: () => {
      throw new TypeError('broken');
    },
    done: (value: never) => value,
  });
  const run = (name: string) => () => tasks[name]!(5 as never, () => undefined);
  expect(run('refused')).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      errors: [{ field: 'rows', rule: 'small', value: 'large', message: 'rows must be small, was large' }],
    }) as Error,
  );
  expect(run('broken')).toThrow(TypeError);
  expect(run('done')()).toBe(5);
});
