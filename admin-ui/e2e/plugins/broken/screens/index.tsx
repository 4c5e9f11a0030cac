throw new Error('the bench is on fire');
export default { plugin: 'broken', pages: [] };
