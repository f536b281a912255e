<?php
/**
 * Plugin Name: lab-good
 * Description: A plugin of the lab
 * Version: 1.0
 */
add_action('wp_footer', function () { echo '<p>lab-good 1.0</p>'; });
