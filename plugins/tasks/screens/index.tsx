import { defineScreens } from '@task-connect/console';
import { addTaskFromAnywhere } from './add-task.ts';
import { DayLineWidget } from './DayLineWidget.tsx';
import { lazily } from './lazily.tsx';
import { RunningTimer } from './RunningTimer.tsx';
import { TaskBoard } from './TaskBoard.tsx';
import { TaskList } from './TaskList.tsx';
import { TodayTasks } from './TodayTasks.tsx';
import { t } from './t.ts';
import { useTodaySummary } from './use-today-summary.ts';

const Calendar = lazily(async () => (await import('./calendar/TaskCalendar.tsx')).TaskCalendar);
const Projects = lazily(async () => (await import('./project/Projects.tsx')).Projects);
const Reports = lazily(async () => (await import('./report/Reports.tsx')).Reports);
const Time = lazily(async () => (await import('./work/Time.tsx')).Time);

export default defineScreens({
  plugin: 'tasks',
  menu: [{ title: t('Tasks'), path: '/tasks', icon: 'checkbox', key: 'k', telephone: true, needs: 'tasks:read' }],
  pages: [
    { path: '/tasks', component: TaskList, needs: 'tasks:read' },
    { path: '/tasks/board', component: TaskBoard, needs: 'tasks:read' },
    { path: '/tasks/calendar', component: Calendar, needs: 'tasks:read' },
    { path: '/tasks/projects', component: Projects, needs: 'tasks:read' },
    { path: '/tasks/projects/:projectId', component: Projects, needs: 'tasks:read' },
    { path: '/tasks/time', component: Time, needs: 'tasks:read' },
    { path: '/tasks/reports', component: Reports, needs: 'tasks:read' },
    { path: '/tasks/:taskId', component: TaskList, needs: 'tasks:read' },
  ],
  widgets: [
    { id: 'day', title: t('Day line'), place: 'head', component: DayLineWidget, needs: 'tasks:read' },
    {
      id: 'today',
      title: t('Tasks'),
      place: 'main',
      component: TodayTasks,
      needs: 'tasks:read',
      useSummary: useTodaySummary,
    },
  ],
  actions: [{ title: t('New task'), icon: 'plus', keys: 'n', needs: 'tasks:write', run: addTaskFromAnywhere }],
  running: RunningTimer,
});
