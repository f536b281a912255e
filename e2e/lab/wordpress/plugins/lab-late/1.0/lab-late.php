<?php
/**
 * Plugin Name: lab-late
 * Description: A plugin of the lab
 * Version: 1.0
 */
add_action('wp_footer', function () { echo '<p>lab-late 1.0</p>'; });
