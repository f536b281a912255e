<?php
/**
 * Plugin Name: lab-fatal
 * Description: A plugin of the lab
 * Version: 1.0
 */
add_action('wp_footer', function () { echo '<p>lab-fatal 1.0</p>'; });
