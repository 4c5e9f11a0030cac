import { declarePlugin } from '@task-connect/sdk';

export default declarePlugin({ id: 'broken', title: 'Broken', hue: 'moss', paths: ['/broken'] }).plugin({});
