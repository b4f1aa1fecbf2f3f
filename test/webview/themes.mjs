// VS Code's default themes as the custom properties that a webview gets (Dark Modern, Light Modern, the two high-contrast themes).
// Only the properties that the panel or its tests read.
const shared = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif', 'font-size': '13px', 'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", monospace',
};

export const themes = {
  light: {
    class: 'vscode-light', colours: {
      ...shared, foreground: '#3b3b3b', descriptionForeground: '#3b3b3b', errorForeground: '#c72e0f', focusBorder: '#005fb8', 'icon-foreground': '#3b3b3b',
      'editor-background': '#ffffff', 'editorWidget-background': '#f8f8f8', 'widget-border': '#e5e5e5', 'panel-border': '#e5e5e5', 'widget-shadow': 'rgba(0,0,0,.16)',
      'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-border': '#0000001a',
      'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
      'input-background': '#ffffff', 'input-border': '#cecece', 'input-foreground': '#3b3b3b', 'input-placeholderForeground': '#767676',
      'dropdown-background': '#ffffff', 'dropdown-border': '#cecece', 'dropdown-foreground': '#3b3b3b',
      'inputOption-activeBackground': '#bed6ed', 'inputOption-activeBorder': '#005fb8', 'inputOption-activeForeground': '#000000',
      'list-hoverBackground': '#f2f2f2', 'list-inactiveSelectionBackground': '#e4e6f1', 'list-focusAndSelectionOutline': '#005fb8', 'textLink-foreground': '#005fb8',
      'toolbar-hoverBackground': 'rgba(184,184,184,.31)', 'progressBar-background': '#005fb8', 'editorHoverWidget-background': '#f8f8f8',
      'editorHoverWidget-foreground': '#3b3b3b', 'editorHoverWidget-border': '#c8c8c8', 'editorWarning-foreground': '#bf8803',
      'charts-orange': '#d18616', 'charts-blue': '#1a85ff',
    },
  },
  dark: {
    class: 'vscode-dark', colours: {
      ...shared, foreground: '#cccccc', descriptionForeground: '#9d9d9d', errorForeground: '#f85149', focusBorder: '#0078d4', 'icon-foreground': '#cccccc',
      'editor-background': '#1f1f1f', 'editorWidget-background': '#202020', 'widget-border': '#313131', 'panel-border': '#2b2b2b', 'widget-shadow': 'rgba(0,0,0,.36)',
      'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-border': '#ffffff12',
      'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
      'input-background': '#313131', 'input-border': '#3c3c3c', 'input-foreground': '#cccccc', 'input-placeholderForeground': '#989898',
      'dropdown-background': '#313131', 'dropdown-border': '#3c3c3c', 'dropdown-foreground': '#cccccc',
      'inputOption-activeBackground': '#2489db82', 'inputOption-activeBorder': '#2488db', 'inputOption-activeForeground': '#ffffff',
      'list-hoverBackground': '#2a2d2e', 'list-inactiveSelectionBackground': '#37373d', 'list-focusAndSelectionOutline': '#0078d4', 'textLink-foreground': '#4daafc',
      'toolbar-hoverBackground': 'rgba(90,93,94,.31)', 'progressBar-background': '#0078d4', 'editorHoverWidget-background': '#202020',
      'editorHoverWidget-foreground': '#cccccc', 'editorHoverWidget-border': '#454545', 'editorWarning-foreground': '#cca700',
      'charts-orange': '#d18616', 'charts-blue': '#59a4f9',
    },
  },
  'high-contrast': {
    class: 'vscode-high-contrast', colours: {
      ...shared, foreground: '#ffffff', descriptionForeground: 'rgba(255,255,255,.7)', errorForeground: '#f48771', focusBorder: '#f38518', 'icon-foreground': '#ffffff',
      contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', 'editor-background': '#000000', 'editorWidget-background': '#0c141f', 'widget-border': '#6fc3df',
      'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'button-secondaryForeground': '#ffffff',
      'input-background': '#000000', 'input-border': '#6fc3df', 'input-foreground': '#ffffff', 'input-placeholderForeground': 'rgba(255,255,255,.7)',
      'dropdown-background': '#000000', 'dropdown-border': '#6fc3df', 'dropdown-foreground': '#ffffff',
      'inputOption-activeBackground': 'rgba(0,0,0,0)', 'inputOption-activeBorder': '#6fc3df', 'inputOption-activeForeground': '#ffffff',
      'list-hoverBackground': 'rgba(255,255,255,.1)', 'list-focusAndSelectionOutline': '#f38518', 'textLink-foreground': '#21a6ff',
      'progressBar-background': '#6fc3df', 'editorHoverWidget-background': '#0c141f', 'editorHoverWidget-foreground': '#ffffff', 'editorHoverWidget-border': '#6fc3df',
      'editorWarning-foreground': '#ffd370', 'charts-orange': '#d18616', 'charts-blue': '#3794ff',
    },
  },
  'high-contrast-light': {
    class: 'vscode-high-contrast-light vscode-high-contrast', colours: {
      ...shared, foreground: '#292929', descriptionForeground: 'rgba(41,41,41,.7)', errorForeground: '#b5200d', focusBorder: '#006bbd', 'icon-foreground': '#292929',
      contrastBorder: '#0f4a85', contrastActiveBorder: '#006bbd', 'editor-background': '#ffffff', 'editorWidget-background': '#ffffff', 'widget-border': '#0f4a85',
      'button-background': '#0f4a85', 'button-foreground': '#ffffff', 'button-border': '#0f4a85', 'button-hoverBackground': '#0f4a85', 'button-secondaryBackground': '#ffffff',
      'button-secondaryForeground': '#292929', 'input-background': '#ffffff', 'input-border': '#0f4a85', 'input-foreground': '#292929',
      'input-placeholderForeground': 'rgba(41,41,41,.7)', 'dropdown-background': '#ffffff', 'dropdown-border': '#0f4a85', 'dropdown-foreground': '#292929',
      'inputOption-activeBackground': 'rgba(0,0,0,0)', 'inputOption-activeBorder': '#0f4a85', 'inputOption-activeForeground': '#292929',
      'list-hoverBackground': 'rgba(15,74,133,.1)', 'list-focusAndSelectionOutline': '#006bbd', 'textLink-foreground': '#0f4a85',
      'progressBar-background': '#0f4a85', 'editorHoverWidget-background': '#ffffff', 'editorHoverWidget-foreground': '#292929', 'editorHoverWidget-border': '#0f4a85',
      'editorWarning-foreground': '#895503', 'charts-orange': '#d18616', 'charts-blue': '#1a85ff',
    },
  },
};

/** The style sheet that stands for what VS Code writes on the webview's root element. */
export function themeSheet(name) {
  const lines = Object.entries(themes[name].colours).map(([property, value]) => `  --vscode-${property}: ${value};`);
  return `:root { color-scheme: ${name.includes('light') ? 'light' : 'dark'};\n${lines.join('\n')}\n}\n`;
}
