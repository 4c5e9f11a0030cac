import { navigate } from '@task-connect/console';

/** Goes to the list with its line for new tasks ready. */
export function addTaskFromAnywhere(): void {
  navigate('/tasks?new=1');
}
