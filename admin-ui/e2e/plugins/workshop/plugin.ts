import { declarePlugin } from '@task-connect/sdk';

export default declarePlugin({ id: 'workshop', title: 'Workshop', hue: 'moss', paths: ['/workshop'] }).plugin({});
