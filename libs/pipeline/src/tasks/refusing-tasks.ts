import type { TaskHandler, TaskHandlers } from '@assay/compute';
import { refusing } from '../errors';

/**
 * The same tasks, where what the numeric core says of its input is a refusal of the task: whoever asked can mend it, and asking
 * again would not.
 */
export const refusingTasks = (tasks: TaskHandlers): TaskHandlers =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, TaskHandler] => [
      name,
      (payload, report) => refusing(() => task(payload, report)),
    ]),
  );
