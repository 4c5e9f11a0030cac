import { agenda } from './agenda/agenda.ts';
import { tasks } from './contract.ts';
import { exportTasks } from './export/task-export.ts';
import { exportWork } from './export/work-export.ts';
import { closeFeed, getFeed, openFeed, readFeed } from './feed/feed-routes.ts';
import { importTasks } from './import/import-routes.ts';
import { changePlanned, listPlanned, listPlannedOfTask, planTask, removePlanned } from './plan/plan-routes.ts';
import { changePreferences, getPreferences } from './preference/preference-routes.ts';
import { addProjectMember, listMembers, removeProjectMember } from './project/member-routes.ts';
import { changeProject, createProject, getProject, listProjects, removeProject } from './project/project-routes.ts';
import { gatherProjectNews, tellProject } from './project/tell-members.ts';
import { previewRecurrence } from './recurrence/preview-routes.ts';
import { planReminderHandlers } from './reminder/plan-reminder.ts';
import { remind } from './reminder/remind.ts';
import { getDayReview } from './review/review-routes.ts';
import { countTaskHandlers } from './statistics/count-task.ts';
import { countWorkHandlers } from './statistics/count-work.ts';
import { rebuildStatisticsJob } from './statistics/rebuild-statistics.ts';
import { getProductivity, getProjectFigures } from './statistics/statistics-routes.ts';
import { changeTasks } from './task/bulk-routes.ts';
import { addStep, changeStep, removeStep } from './task/checklist-routes.ts';
import { changeTask, createTask, getTask, listTasks, removeTask } from './task/task-routes.ts';
import { getToday } from './task/today-routes.ts';
import { getRunning, stopTimer } from './work-log/timer-routes.ts';
import { changeWork, listWork, logWork, removeWork } from './work-log/work-log-routes.ts';

export default tasks.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [
    ...[previewRecurrence, addStep, changeStep, removeStep, getPreferences, changePreferences],
    ...[listPlanned, listPlannedOfTask, planTask, changePlanned, removePlanned],
    ...[getToday, changeTasks, listTasks, createTask, getTask, changeTask, removeTask],
    ...[listProjects, createProject, getProject, changeProject, removeProject],
    ...[listMembers, addProjectMember, removeProjectMember],
    ...[getRunning, stopTimer, listWork, logWork, changeWork, removeWork],
    ...[getProductivity, getProjectFigures, getDayReview],
    ...[importTasks, exportTasks, exportWork, getFeed, openFeed, closeFeed, readFeed],
  ],
  handlers: [...countTaskHandlers, ...planReminderHandlers, ...countWorkHandlers, gatherProjectNews],
  jobs: [rebuildStatisticsJob],
  oneOffs: [remind, tellProject],
  services: [agenda],
  screens: new URL('./screens/index.tsx', import.meta.url),
  demo: new URL('./demo.ts', import.meta.url),
});
