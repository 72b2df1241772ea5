/** How TypeScript becomes CommonJS, for the build and for Jest: one answer, or tests would test something else. */
module.exports = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: "commonjs" },
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
    // The names of classes are names in the database and in the API.
    keepClassNames: true,
  },
};
